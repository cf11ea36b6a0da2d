using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(RegulationDbSqlite))]
    [Migration("20261130115507_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "regulation_care_pool",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    skill = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    changed_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    hours = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    members = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_care_pool", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "regulation_idempotency",
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
                    table.PrimaryKey("pk_regulation_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "regulation_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "regulation_orientation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    patient_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    territory_departements = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    territory_communes = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    case_reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    age = table.Column<int>(type: "INTEGER", nullable: false),
                    sex = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    skill = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    wanted = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    wanted_before = table.Column<long>(type: "INTEGER", nullable: false),
                    location_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    precise = table.Column<bool>(type: "INTEGER", nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    commune_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    mt_practitioner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mt_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    mt_reason = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    opposed_to_report = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    opened_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    claimed_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    held_places = table.Column<int>(type: "INTEGER", nullable: false),
                    booking_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    booked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    start = table.Column<long>(type: "INTEGER", nullable: true),
                    came = table.Column<bool>(type: "INTEGER", nullable: true),
                    escalated_to = table.Column<string>(type: "TEXT", maxLength: 24, nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    step_count = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    wave = table.Column<int>(type: "INTEGER", nullable: false),
                    wave_started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    wave_ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    solicited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    solicited_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    usual_practitioner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    radius_km = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_orientation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "regulation_outbox",
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
                    table.PrimaryKey("pk_regulation_outbox", x => x.seq);
                });

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

            migrationBuilder.CreateTable(
                name: "regulation_patient_file",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    identity = table.Column<byte[]>(type: "BLOB", nullable: true),
                    clinical = table.Column<byte[]>(type: "BLOB", nullable: true),
                    handover = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_patient_file", x => x.orientation_id);
                });

            migrationBuilder.CreateTable(
                name: "regulation_wave_policy",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    usual_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    size1 = table.Column<int>(type: "INTEGER", nullable: false),
                    minutes1 = table.Column<int>(type: "INTEGER", nullable: false),
                    size2 = table.Column<int>(type: "INTEGER", nullable: false),
                    minutes2 = table.Column<int>(type: "INTEGER", nullable: false),
                    minutes3 = table.Column<int>(type: "INTEGER", nullable: false),
                    factor3 = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_wave_policy", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "regulation_invitation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    round = table.Column<int>(type: "INTEGER", nullable: false),
                    wave = table.Column<int>(type: "INTEGER", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    location_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    zone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    distance_km = table.Column<double>(type: "REAL", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deadline = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answered_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    winner = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_invitation", x => x.id);
                    table.ForeignKey(
                        name: "fk_regulation_invitation_orientation_id",
                        column: x => x.orientation_id,
                        principalTable: "regulation_orientation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "regulation_orientation_step",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    actor_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_orientation_step", x => new { x.orientation_id, x.number });
                    table.ForeignKey(
                        name: "fk_regulation_orientation_step_orientation_id",
                        column: x => x.orientation_id,
                        principalTable: "regulation_orientation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_care_pool_organisation_id_kind",
                table: "regulation_care_pool",
                columns: new[] { "organisation_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_regulation_idempotency_at",
                table: "regulation_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_inbox_at",
                table: "regulation_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_invitation_practitioner_id_sent_at",
                table: "regulation_invitation",
                columns: new[] { "practitioner_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_invitation_orientation_id_round_practitioner_id",
                table: "regulation_invitation",
                columns: new[] { "orientation_id", "round", "practitioner_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_regulation_invitation_orientation_id_round_winner",
                table: "regulation_invitation",
                columns: new[] { "orientation_id", "round", "winner" },
                unique: true,
                filter: "\"winner\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_orientation_organisation_id_closed_at_opened_at",
                table: "regulation_orientation",
                columns: new[] { "organisation_id", "closed_at", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_orientation_state_wave_ends_at",
                table: "regulation_orientation",
                columns: new[] { "state", "wave_ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_fanned_out_seq",
                table: "regulation_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_outbox_event_id",
                table: "regulation_outbox",
                column: "event_id",
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "ux_regulation_wave_policy_departement_from",
                table: "regulation_wave_policy",
                columns: new[] { "departement", "from" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "regulation_care_pool");

            migrationBuilder.DropTable(
                name: "regulation_idempotency");

            migrationBuilder.DropTable(
                name: "regulation_inbox");

            migrationBuilder.DropTable(
                name: "regulation_invitation");

            migrationBuilder.DropTable(
                name: "regulation_orientation_step");

            migrationBuilder.DropTable(
                name: "regulation_outbox");

            migrationBuilder.DropTable(
                name: "regulation_outbox_delivery");

            migrationBuilder.DropTable(
                name: "regulation_patient_file");

            migrationBuilder.DropTable(
                name: "regulation_wave_policy");

            migrationBuilder.DropTable(
                name: "regulation_orientation");
        }
    }
}
