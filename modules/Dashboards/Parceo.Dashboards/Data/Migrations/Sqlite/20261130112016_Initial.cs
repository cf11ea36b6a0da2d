using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Dashboards.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(DashboardsDbSqlite))]
    [Migration("20261130112016_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dashboards_booking_fact",
                columns: table => new
                {
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    start = table.Column<long>(type: "INTEGER", nullable: true),
                    delay_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    outside_snp = table.Column<bool>(type: "INTEGER", nullable: false),
                    cancelled = table.Column<bool>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    outcome_at = table.Column<long>(type: "INTEGER", nullable: true),
                    report_owed = table.Column<bool>(type: "INTEGER", nullable: false),
                    owed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    report_sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    report_in_time = table.Column<bool>(type: "INTEGER", nullable: false),
                    call_commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    call_departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    slot_commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    slot_departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    counts = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_booking_fact", x => x.booking_id);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_idempotency",
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
                    table.PrimaryKey("pk_dashboards_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "dashboards_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "dashboards_invitation_fact",
                columns: table => new
                {
                    invitation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    wave = table.Column<int>(type: "INTEGER", nullable: false),
                    accepted = table.Column<bool>(type: "INTEGER", nullable: false),
                    answer_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    counts = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_invitation_fact", x => x.invitation_id);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_orientation_fact",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    unfilled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    booked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outside_snp = table.Column<bool>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    counts = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_orientation_fact", x => x.orientation_id);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_outbox",
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
                    table.PrimaryKey("pk_dashboards_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_outbox_delivery",
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
                    table.PrimaryKey("pk_dashboards_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_range_fact",
                columns: table => new
                {
                    range_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    monday = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    general = table.Column<bool>(type: "INTEGER", nullable: false),
                    withdrawn = table.Column<bool>(type: "INTEGER", nullable: false),
                    hidden = table.Column<bool>(type: "INTEGER", nullable: false),
                    hidden_at = table.Column<long>(type: "INTEGER", nullable: true),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    counts = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_range_fact", x => x.range_id);
                });

            migrationBuilder.CreateTable(
                name: "dashboards_target",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    indicator = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    value = table.Column<double>(type: "REAL", nullable: false),
                    reference = table.Column<double>(type: "REAL", nullable: true),
                    reference_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dashboards_target", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_commune_day",
                table: "dashboards_booking_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_departement_day",
                table: "dashboards_booking_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_booking_fact_organisation_id_day",
                table: "dashboards_booking_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_idempotency_at",
                table: "dashboards_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_inbox_at",
                table: "dashboards_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_commune_day",
                table: "dashboards_invitation_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_departement_day",
                table: "dashboards_invitation_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_invitation_fact_organisation_id_day",
                table: "dashboards_invitation_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_commune_day",
                table: "dashboards_orientation_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_departement_day",
                table: "dashboards_orientation_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_orientation_fact_organisation_id_day",
                table: "dashboards_orientation_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_fanned_out_seq",
                table: "dashboards_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_dashboards_outbox_event_id",
                table: "dashboards_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_delivery_key_seq",
                table: "dashboards_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_outbox_delivery_next_attempt_at",
                table: "dashboards_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_dashboards_outbox_delivery_seq_subscriber",
                table: "dashboards_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_commune_day",
                table: "dashboards_range_fact",
                columns: new[] { "commune", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_departement_day",
                table: "dashboards_range_fact",
                columns: new[] { "departement", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_range_fact_organisation_id_day",
                table: "dashboards_range_fact",
                columns: new[] { "organisation_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_dashboards_target_organisation_id_indicator_from",
                table: "dashboards_target",
                columns: new[] { "organisation_id", "indicator", "from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dashboards_booking_fact");

            migrationBuilder.DropTable(
                name: "dashboards_idempotency");

            migrationBuilder.DropTable(
                name: "dashboards_inbox");

            migrationBuilder.DropTable(
                name: "dashboards_invitation_fact");

            migrationBuilder.DropTable(
                name: "dashboards_orientation_fact");

            migrationBuilder.DropTable(
                name: "dashboards_outbox");

            migrationBuilder.DropTable(
                name: "dashboards_outbox_delivery");

            migrationBuilder.DropTable(
                name: "dashboards_range_fact");

            migrationBuilder.DropTable(
                name: "dashboards_target");
        }
    }
}
