using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Directory.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(DirectoryDbSqlServer))]
    [Migration("20261130074309_SectorIndex")]
    public partial class SectorIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_sector_code_sort_key",
                schema: "directory",
                table: "activity",
                columns: new[] { "sector_code", "sort_key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_directory_activity_sector_code_sort_key",
                schema: "directory",
                table: "activity");
        }
    }
}
