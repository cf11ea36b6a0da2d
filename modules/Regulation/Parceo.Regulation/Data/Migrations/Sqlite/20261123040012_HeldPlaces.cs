using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HeldPlaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "held_places",
                table: "regulation_orientation",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "held_places",
                table: "regulation_orientation");
        }
    }
}
