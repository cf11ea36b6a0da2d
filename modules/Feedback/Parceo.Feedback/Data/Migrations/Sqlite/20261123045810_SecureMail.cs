using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Feedback.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SecureMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "answer_id",
                table: "feedback_report",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "mailed",
                table: "feedback_report",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "mailed_at",
                table: "feedback_report",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "sender_organisation_id",
                table: "feedback_report",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "answer_id",
                table: "feedback_report");

            migrationBuilder.DropColumn(
                name: "mailed",
                table: "feedback_report");

            migrationBuilder.DropColumn(
                name: "mailed_at",
                table: "feedback_report");

            migrationBuilder.DropColumn(
                name: "sender_organisation_id",
                table: "feedback_report");
        }
    }
}
