using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Notifications.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ByMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "by_mail",
                table: "notifications_preferences",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "mailed_at",
                table: "notifications_preferences",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "mail_at",
                table: "notifications_notice",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_mail_at",
                table: "notifications_notice",
                column: "mail_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_notifications_notice_mail_at",
                table: "notifications_notice");

            migrationBuilder.DropColumn(
                name: "by_mail",
                table: "notifications_preferences");

            migrationBuilder.DropColumn(
                name: "mailed_at",
                table: "notifications_preferences");

            migrationBuilder.DropColumn(
                name: "mail_at",
                table: "notifications_notice");
        }
    }
}
