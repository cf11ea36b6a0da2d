using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Feedback.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(FeedbackDbSqlite))]
    [Migration("20261130151225_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "feedback_idempotency",
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
                    table.PrimaryKey("pk_feedback_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "feedback_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "feedback_outbox",
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
                    table.PrimaryKey("pk_feedback_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "feedback_outbox_delivery",
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
                    table.PrimaryKey("pk_feedback_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "feedback_report",
                columns: table => new
                {
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patient_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mt_practitioner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    opposed = table.Column<bool>(type: "INTEGER", nullable: false),
                    care_at = table.Column<long>(type: "INTEGER", nullable: true),
                    fulfilled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_reminder_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reminders = table.Column<int>(type: "INTEGER", nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    sealed_text = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    read_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    sender_organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mailed = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    mailed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answer_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_report", x => x.booking_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_idempotency_at",
                table: "feedback_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_inbox_at",
                table: "feedback_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_fanned_out_seq",
                table: "feedback_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_feedback_outbox_event_id",
                table: "feedback_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_delivery_key_seq",
                table: "feedback_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_delivery_next_attempt_at",
                table: "feedback_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_feedback_outbox_delivery_seq_subscriber",
                table: "feedback_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_mt_practitioner_id_sent_at",
                table: "feedback_report",
                columns: new[] { "mt_practitioner_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_mt_practitioner_id_state",
                table: "feedback_report",
                columns: new[] { "mt_practitioner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_next_reminder_at",
                table: "feedback_report",
                column: "next_reminder_at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_orientation_id",
                table: "feedback_report",
                column: "orientation_id");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_practitioner_id_state_due_at",
                table: "feedback_report",
                columns: new[] { "practitioner_id", "state", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "feedback_idempotency");

            migrationBuilder.DropTable(
                name: "feedback_inbox");

            migrationBuilder.DropTable(
                name: "feedback_outbox");

            migrationBuilder.DropTable(
                name: "feedback_outbox_delivery");

            migrationBuilder.DropTable(
                name: "feedback_report");
        }
    }
}
