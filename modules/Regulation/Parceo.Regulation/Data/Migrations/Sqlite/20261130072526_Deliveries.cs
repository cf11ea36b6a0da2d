using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Deliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_regulation_outbox_key_seq",
                table: "regulation_outbox");

            migrationBuilder.DropColumn(
                name: "attempts",
                table: "regulation_outbox");

            migrationBuilder.DropColumn(
                name: "dead_at",
                table: "regulation_outbox");

            migrationBuilder.DropColumn(
                name: "error",
                table: "regulation_outbox");

            migrationBuilder.DropColumn(
                name: "lease_owner",
                table: "regulation_outbox");

            migrationBuilder.DropColumn(
                name: "lease_until",
                table: "regulation_outbox");

            migrationBuilder.RenameColumn(
                name: "next_attempt_at",
                table: "regulation_outbox",
                newName: "fanned_out");

            migrationBuilder.CreateTable(
                name: "regulation_outbox_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 200, nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_fanned_out_seq",
                table: "regulation_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_delivery_key_seq",
                table: "regulation_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_delivery_next_attempt_at",
                table: "regulation_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_regulation_outbox_delivery_seq_subscriber",
                table: "regulation_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "regulation_outbox_delivery");

            migrationBuilder.DropIndex(
                name: "ix_regulation_outbox_fanned_out_seq",
                table: "regulation_outbox");

            migrationBuilder.RenameColumn(
                name: "fanned_out",
                table: "regulation_outbox",
                newName: "next_attempt_at");

            migrationBuilder.AddColumn<int>(
                name: "attempts",
                table: "regulation_outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "dead_at",
                table: "regulation_outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "error",
                table: "regulation_outbox",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "lease_owner",
                table: "regulation_outbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "lease_until",
                table: "regulation_outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_key_seq",
                table: "regulation_outbox",
                columns: new[] { "key", "seq" });
        }
    }
}
