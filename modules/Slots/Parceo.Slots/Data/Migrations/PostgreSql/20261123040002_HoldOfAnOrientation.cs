using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class HoldOfAnOrientation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "orientation_id",
                schema: "slots",
                table: "hold",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "orientation_id",
                schema: "slots",
                table: "hold");
        }
    }
}
