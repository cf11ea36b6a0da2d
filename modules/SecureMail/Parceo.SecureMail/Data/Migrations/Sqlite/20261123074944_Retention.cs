using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.SecureMail.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_created_at",
                table: "securemail_out_mail",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_received_at",
                table: "securemail_in_mail",
                column: "received_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_securemail_out_mail_created_at",
                table: "securemail_out_mail");

            migrationBuilder.DropIndex(
                name: "ix_securemail_in_mail_received_at",
                table: "securemail_in_mail");
        }
    }
}
