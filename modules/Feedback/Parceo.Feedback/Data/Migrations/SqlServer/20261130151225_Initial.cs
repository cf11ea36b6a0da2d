using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Feedback.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(FeedbackDbSqlServer))]
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
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    response = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                        .Annotation("SqlServer:Identity", "1, 1"),
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    correlation_id = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    fanned_out = table.Column<bool>(type: "bit", nullable: false)
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
                        .Annotation("SqlServer:Identity", "1, 1"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subscriber = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    error = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2")
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
                    booking_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    patient_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mt_practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    opposed = table.Column<bool>(type: "bit", nullable: false),
                    care_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    fulfilled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    next_reminder_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    reminders = table.Column<int>(type: "int", nullable: false),
                    author_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    sealed_text = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    read_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    sender_organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    mailed = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    mailed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    answer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    state = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false)
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
