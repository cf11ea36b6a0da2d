using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SlotsDbSqlServer))]
    [Migration("20261130072551_Deliveries")]
    public partial class Deliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_outbox_key_seq",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "attempts",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "dead_at",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "error",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "lease_owner",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "lease_until",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "next_attempt_at",
                schema: "slots",
                table: "outbox");

            migrationBuilder.AddColumn<bool>(
                name: "fanned_out",
                schema: "slots",
                table: "outbox",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "nvarchar(200)", maxLength: 200, nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    error = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_fanned_out_seq",
                schema: "slots",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_key_seq",
                schema: "slots",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_next_attempt_at",
                schema: "slots",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_delivery_seq_subscriber",
                schema: "slots",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "slots");

            migrationBuilder.DropIndex(
                name: "ix_slots_outbox_fanned_out_seq",
                schema: "slots",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "fanned_out",
                schema: "slots",
                table: "outbox");

            migrationBuilder.AddColumn<int>(
                name: "attempts",
                schema: "slots",
                table: "outbox",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "dead_at",
                schema: "slots",
                table: "outbox",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "error",
                schema: "slots",
                table: "outbox",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "lease_owner",
                schema: "slots",
                table: "outbox",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lease_until",
                schema: "slots",
                table: "outbox",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "next_attempt_at",
                schema: "slots",
                table: "outbox",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_key_seq",
                schema: "slots",
                table: "outbox",
                columns: new[] { "key", "seq" });
        }
    }
}
