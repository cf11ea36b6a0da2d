using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Messaging.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class LegalHold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
                schema: "messaging",
                table: "conversation",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed_hold_reason",
                schema: "messaging",
                table: "conversation",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                schema: "messaging",
                table: "conversation",
                columns: new[] { "organisation_id", "legal_hold", "last_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                schema: "messaging",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "held_at",
                schema: "messaging",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "sealed_hold_reason",
                schema: "messaging",
                table: "conversation");
        }
    }
}
