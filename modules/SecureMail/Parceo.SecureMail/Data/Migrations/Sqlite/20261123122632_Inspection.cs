using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.SecureMail.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Inspection : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_securemail_attachment_verdict_mail_id",
                table: "securemail_attachment",
                columns: new[] { "verdict", "mail_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_securemail_attachment_verdict_mail_id",
                table: "securemail_attachment");
        }
    }
}
