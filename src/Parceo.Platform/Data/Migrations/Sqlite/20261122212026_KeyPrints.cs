using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeyPrints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "platform_key_print",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    print = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_key_print", x => x.name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "platform_key_print");
        }
    }
}
