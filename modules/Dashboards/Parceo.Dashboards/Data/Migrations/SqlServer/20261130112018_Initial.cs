using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Dashboards.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(DashboardsDbSqlServer))]
    [Migration("20261130112018_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "dashboards");

            migrationBuilder.CreateTable(
                name: "booking_fact",
                schema: "dashboards",
                columns: table => new
                {
                    booking_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    delay_minutes = table.Column<int>(type: "int", nullable: true),
                    outside_snp = table.Column<bool>(type: "bit", nullable: false),
                    cancelled = table.Column<bool>(type: "bit", nullable: false),
                    outcome = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    outcome_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    report_owed = table.Column<bool>(type: "bit", nullable: false),
                    owed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    report_sent_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    report_in_time = table.Column<bool>(type: "bit", nullable: false),
                    call_commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    call_departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    slot_commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    slot_departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    counts = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_booking_fact", x => x.booking_id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "dashboards",
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
                    table.PrimaryKey("pk_dashboards_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "dashboards",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "invitation_fact",
                schema: "dashboards",
                columns: table => new
                {
                    invitation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    wave = table.Column<int>(type: "int", nullable: false),
                    accepted = table.Column<bool>(type: "bit", nullable: false),
                    answer_seconds = table.Column<int>(type: "int", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    counts = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_invitation_fact", x => x.invitation_id);
                });

            migrationBuilder.CreateTable(
                name: "orientation_fact",
                schema: "dashboards",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    unfilled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    booked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    outside_snp = table.Column<bool>(type: "bit", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    counts = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_orientation_fact", x => x.orientation_id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "dashboards",
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
                    table.PrimaryKey("pk_dashboards_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "dashboards",
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
                    table.PrimaryKey("pk_dashboards_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "range_fact",
                schema: "dashboards",
                columns: table => new
                {
                    range_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    monday = table.Column<DateOnly>(type: "date", nullable: true),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    general = table.Column<bool>(type: "bit", nullable: false),
                    withdrawn = table.Column<bool>(type: "bit", nullable: false),
                    hidden = table.Column<bool>(type: "bit", nullable: false),
                    hidden_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    counts = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_range_fact", x => x.range_id);
                });

            migrationBuilder.CreateTable(
                name: "target",
                schema: "dashboards",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    indicator = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    value = table.Column<double>(type: "float", nullable: false),
                    reference = table.Column<double>(type: "float", nullable: true),
                    reference_on = table.Column<DateOnly>(type: "date", nullable: true),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    author_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    author_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    set_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_target", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_commune_day",
                schema: "dashboards",
                table: "booking_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_departement_day",
                schema: "dashboards",
                table: "booking_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_organisation_id_day",
                schema: "dashboards",
                table: "booking_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_idempotency_at",
                schema: "dashboards",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_inbox_at",
                schema: "dashboards",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_commune_day",
                schema: "dashboards",
                table: "invitation_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_departement_day",
                schema: "dashboards",
                table: "invitation_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_organisation_id_day",
                schema: "dashboards",
                table: "invitation_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_commune_day",
                schema: "dashboards",
                table: "orientation_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_departement_day",
                schema: "dashboards",
                table: "orientation_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_organisation_id_day",
                schema: "dashboards",
                table: "orientation_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_fanned_out_seq",
                schema: "dashboards",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_dashboards_outbox_event_id",
                schema: "dashboards",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_delivery_key_seq",
                schema: "dashboards",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_delivery_next_attempt_at",
                schema: "dashboards",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_dashboards_outbox_delivery_seq_subscriber",
                schema: "dashboards",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_commune_day",
                schema: "dashboards",
                table: "range_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_departement_day",
                schema: "dashboards",
                table: "range_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_organisation_id_day",
                schema: "dashboards",
                table: "range_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_target_organisation_id_indicator_from",
                schema: "dashboards",
                table: "target",
                columns: new[] { "organisation_id", "indicator", "from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "booking_fact",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "invitation_fact",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "orientation_fact",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "range_fact",
                schema: "dashboards");

            migrationBuilder.DropTable(
                name: "target",
                schema: "dashboards");
        }
    }
}
