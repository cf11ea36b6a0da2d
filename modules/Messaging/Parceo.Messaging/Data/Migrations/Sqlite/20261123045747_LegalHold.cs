using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Messaging.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LegalHold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "held_at",
                table: "messaging_conversation",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed_hold_reason",
                table: "messaging_conversation",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                table: "messaging_conversation",
                columns: new[] { "organisation_id", "legal_hold", "last_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                table: "messaging_conversation");

            migrationBuilder.DropColumn(
                name: "held_at",
                table: "messaging_conversation");

            migrationBuilder.DropColumn(
                name: "sealed_hold_reason",
                table: "messaging_conversation");
        }
    }
}
