using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Notifications.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(NotificationsDbSqlite))]
    [Migration("20261130081745_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notifications_device",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    endpoint = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_device", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notifications_idempotency",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    request = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    response = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "notifications_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "notifications_notice",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    topic = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    link = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    urgent = table.Column<bool>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_push_at = table.Column<long>(type: "INTEGER", nullable: true),
                    pushes = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notifications_outbox",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    fanned_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "notifications_outbox_delivery",
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
                    table.PrimaryKey("pk_notifications_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notifications_preferences",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_mail = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    mailed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    muted = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    quiet_from = table.Column<int>(type: "INTEGER", nullable: true),
                    quiet_to = table.Column<int>(type: "INTEGER", nullable: true),
                    zone = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications_preferences", x => x.person_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_device_person_id",
                table: "notifications_device",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ux_notifications_device_endpoint",
                table: "notifications_device",
                column: "endpoint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_idempotency_at",
                table: "notifications_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_inbox_at",
                table: "notifications_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_mail_at",
                table: "notifications_notice",
                column: "mail_at");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_next_push_at",
                table: "notifications_notice",
                column: "next_push_at");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_person_id_at",
                table: "notifications_notice",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_notice_topic",
                table: "notifications_notice",
                column: "topic");

            migrationBuilder.CreateIndex(
                name: "ux_notifications_notice_person_id_event_id",
                table: "notifications_notice",
                columns: new[] { "person_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_outbox_fanned_out_seq",
                table: "notifications_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_notifications_outbox_event_id",
                table: "notifications_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notifications_outbox_delivery_key_seq",
                table: "notifications_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_outbox_delivery_next_attempt_at",
                table: "notifications_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_notifications_outbox_delivery_seq_subscriber",
                table: "notifications_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notifications_device");

            migrationBuilder.DropTable(
                name: "notifications_idempotency");

            migrationBuilder.DropTable(
                name: "notifications_inbox");

            migrationBuilder.DropTable(
                name: "notifications_notice");

            migrationBuilder.DropTable(
                name: "notifications_outbox");

            migrationBuilder.DropTable(
                name: "notifications_outbox_delivery");

            migrationBuilder.DropTable(
                name: "notifications_preferences");
        }
    }
}
