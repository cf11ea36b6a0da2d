using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HoldOfAnOrientation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "orientation_id",
                table: "slots_hold",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "orientation_id",
                table: "slots_hold");
        }
    }
}
