using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class HeldPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "held_places",
                schema: "regulation",
                table: "orientation",
                type: "int",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "held_places",
                schema: "regulation",
                table: "orientation");
        }
    }
}
