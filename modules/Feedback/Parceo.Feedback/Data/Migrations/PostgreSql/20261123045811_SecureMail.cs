using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Feedback.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SecureMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "answer_id",
                schema: "feedback",
                table: "report",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "mailed",
                schema: "feedback",
                table: "report",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mailed_at",
                schema: "feedback",
                table: "report",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "sender_organisation_id",
                schema: "feedback",
                table: "report",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "answer_id",
                schema: "feedback",
                table: "report");

            migrationBuilder.DropColumn(
                name: "mailed",
                schema: "feedback",
                table: "report");

            migrationBuilder.DropColumn(
                name: "mailed_at",
                schema: "feedback",
                table: "report");

            migrationBuilder.DropColumn(
                name: "sender_organisation_id",
                schema: "feedback",
                table: "report");
        }
    }
}
