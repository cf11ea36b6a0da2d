using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Notifications.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ByMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "by_mail",
                schema: "notifications",
                table: "preferences",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mailed_at",
                schema: "notifications",
                table: "preferences",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mail_at",
                schema: "notifications",
                table: "notice",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_mail_at",
                schema: "notifications",
                table: "notice",
                column: "mail_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_notifications_notice_mail_at",
                schema: "notifications",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "by_mail",
                schema: "notifications",
                table: "preferences");

            migrationBuilder.DropColumn(
                name: "mailed_at",
                schema: "notifications",
                table: "preferences");

            migrationBuilder.DropColumn(
                name: "mail_at",
                schema: "notifications",
                table: "notice");
        }
    }
}
