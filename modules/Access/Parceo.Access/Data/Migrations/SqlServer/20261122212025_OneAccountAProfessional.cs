using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Access.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OneAccountAProfessional : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_access_person_directory_person_id",
                schema: "access",
                table: "person");

            migrationBuilder.AddColumn<int>(
                name: "version",
                schema: "access",
                table: "organisation",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ux_access_person_directory_person_id",
                schema: "access",
                table: "person",
                column: "directory_person_id",
                unique: true,
                filter: "[directory_person_id] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_access_person_directory_person_id",
                schema: "access",
                table: "person");

            migrationBuilder.DropColumn(
                name: "version",
                schema: "access",
                table: "organisation");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_directory_person_id",
                schema: "access",
                table: "person",
                column: "directory_person_id");
        }
    }
}
