using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Access.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SearchText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "search_text",
                schema: "access",
                table: "person",
                type: "character varying(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_search_text",
                schema: "access",
                table: "person",
                column: "search_text");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_access_person_search_text",
                schema: "access",
                table: "person");

            migrationBuilder.DropColumn(
                name: "search_text",
                schema: "access",
                table: "person");
        }
    }
}
