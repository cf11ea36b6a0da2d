using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Platform.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class KeyPrints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "key_print",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    print = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
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
                name: "key_print",
                schema: "platform");
        }
    }
}
