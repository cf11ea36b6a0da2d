using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Feedback.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(FeedbackDbPostgreSql))]
    [Migration("20261130151225_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "feedback");

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "feedback",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    request = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "feedback",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "feedback",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fanned_out = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "feedback",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    subscriber = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "report",
                schema: "feedback",
                columns: table => new
                {
                    booking_id = table.Column<Guid>(type: "uuid", nullable: false),
                    patient_id = table.Column<Guid>(type: "uuid", nullable: true),
                    orientation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mt_practitioner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    opposed = table.Column<bool>(type: "boolean", nullable: false),
                    care_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fulfilled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_reminder_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminders = table.Column<int>(type: "integer", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sealed_text = table.Column<byte[]>(type: "bytea", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_by = table.Column<Guid>(type: "uuid", nullable: true),
                    sender_organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mailed = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    mailed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_report", x => x.booking_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_idempotency_at",
                schema: "feedback",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_inbox_at",
                schema: "feedback",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_fanned_out_seq",
                schema: "feedback",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_feedback_outbox_event_id",
                schema: "feedback",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_delivery_key_seq",
                schema: "feedback",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_outbox_delivery_next_attempt_at",
                schema: "feedback",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_feedback_outbox_delivery_seq_subscriber",
                schema: "feedback",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_mt_practitioner_id_sent_at",
                schema: "feedback",
                table: "report",
                columns: new[] { "mt_practitioner_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_mt_practitioner_id_state",
                schema: "feedback",
                table: "report",
                columns: new[] { "mt_practitioner_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_next_reminder_at",
                schema: "feedback",
                table: "report",
                column: "next_reminder_at");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_orientation_id",
                schema: "feedback",
                table: "report",
                column: "orientation_id");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_report_practitioner_id_state_due_at",
                schema: "feedback",
                table: "report",
                columns: new[] { "practitioner_id", "state", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "feedback");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "feedback");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "feedback");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "feedback");

            migrationBuilder.DropTable(
                name: "report",
                schema: "feedback");
        }
    }
}
