using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Access.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OneAccountAProfessional : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_access_person_directory_person_id",
                table: "access_person");

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "access_organisation",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ux_access_person_directory_person_id",
                table: "access_person",
                column: "directory_person_id",
                unique: true,
                filter: "directory_person_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_access_person_directory_person_id",
                table: "access_person");

            migrationBuilder.DropColumn(
                name: "version",
                table: "access_organisation");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_directory_person_id",
                table: "access_person",
                column: "directory_person_id");
        }
    }
}
