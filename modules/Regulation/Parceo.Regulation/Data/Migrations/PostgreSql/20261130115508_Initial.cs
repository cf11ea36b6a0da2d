using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(RegulationDbPostgreSql))]
    [Migration("20261130115508_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "regulation");

            migrationBuilder.CreateTable(
                name: "care_pool",
                schema: "regulation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    skill = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    phone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hours = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    members = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_care_pool", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "regulation",
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
                    table.PrimaryKey("pk_regulation_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "regulation",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "orientation",
                schema: "regulation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    patient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    territory_departements = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    territory_communes = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false, collation: "C"),
                    case_reference = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    age = table.Column<int>(type: "integer", nullable: false),
                    sex = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    skill = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    mode = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true, collation: "C"),
                    wanted = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    wanted_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    location_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    precise = table.Column<bool>(type: "boolean", nullable: false),
                    commune = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    commune_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    mt_practitioner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mt_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    mt_reason = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true, collation: "C"),
                    opposed_to_report = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    claimed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    held_places = table.Column<int>(type: "integer", nullable: false),
                    booking_id = table.Column<Guid>(type: "uuid", nullable: true),
                    booked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    came = table.Column<bool>(type: "boolean", nullable: true),
                    escalated_to = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true, collation: "C"),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    step_count = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    wave = table.Column<int>(type: "integer", nullable: false),
                    wave_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    wave_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    solicited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    solicited_by = table.Column<Guid>(type: "uuid", nullable: true),
                    usual_practitioner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    radius_km = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_orientation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "regulation",
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
                    table.PrimaryKey("pk_regulation_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "regulation",
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
                    table.PrimaryKey("pk_regulation_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "patient_file",
                schema: "regulation",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    identity = table.Column<byte[]>(type: "bytea", nullable: true),
                    clinical = table.Column<byte[]>(type: "bytea", nullable: true),
                    handover = table.Column<byte[]>(type: "bytea", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_patient_file", x => x.orientation_id);
                });

            migrationBuilder.CreateTable(
                name: "wave_policy",
                schema: "regulation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    usual_minutes = table.Column<int>(type: "integer", nullable: false),
                    size1 = table.Column<int>(type: "integer", nullable: false),
                    minutes1 = table.Column<int>(type: "integer", nullable: false),
                    size2 = table.Column<int>(type: "integer", nullable: false),
                    minutes2 = table.Column<int>(type: "integer", nullable: false),
                    minutes3 = table.Column<int>(type: "integer", nullable: false),
                    factor3 = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_wave_policy", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitation",
                schema: "regulation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    orientation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    round = table.Column<int>(type: "integer", nullable: false),
                    wave = table.Column<int>(type: "integer", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    location_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    commune = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    zone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    distance_km = table.Column<double>(type: "double precision", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    winner = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_invitation", x => x.id);
                    table.ForeignKey(
                        name: "fk_regulation_invitation_orientation_id",
                        column: x => x.orientation_id,
                        principalSchema: "regulation",
                        principalTable: "orientation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "orientation_step",
                schema: "regulation",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false, collation: "C"),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_regulation_orientation_step", x => new { x.orientation_id, x.number });
                    table.ForeignKey(
                        name: "fk_regulation_orientation_step_orientation_id",
                        column: x => x.orientation_id,
                        principalSchema: "regulation",
                        principalTable: "orientation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_care_pool_organisation_id_kind",
                schema: "regulation",
                table: "care_pool",
                columns: new[] { "organisation_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_regulation_idempotency_at",
                schema: "regulation",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_inbox_at",
                schema: "regulation",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_invitation_practitioner_id_sent_at",
                schema: "regulation",
                table: "invitation",
                columns: new[] { "practitioner_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_invitation_orientation_id_round_practitioner_id",
                schema: "regulation",
                table: "invitation",
                columns: new[] { "orientation_id", "round", "practitioner_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_regulation_invitation_orientation_id_round_winner",
                schema: "regulation",
                table: "invitation",
                columns: new[] { "orientation_id", "round", "winner" },
                unique: true,
                filter: "\"winner\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_regulation_orientation_organisation_id_closed_at_opened_at",
                schema: "regulation",
                table: "orientation",
                columns: new[] { "organisation_id", "closed_at", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_orientation_state_wave_ends_at",
                schema: "regulation",
                table: "orientation",
                columns: new[] { "state", "wave_ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_fanned_out_seq",
                schema: "regulation",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_regulation_outbox_event_id",
                schema: "regulation",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_delivery_key_seq",
                schema: "regulation",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_regulation_outbox_delivery_next_attempt_at",
                schema: "regulation",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_regulation_outbox_delivery_seq_subscriber",
                schema: "regulation",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_regulation_wave_policy_departement_from",
                schema: "regulation",
                table: "wave_policy",
                columns: new[] { "departement", "from" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "care_pool",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "invitation",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "orientation_step",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "patient_file",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "wave_policy",
                schema: "regulation");

            migrationBuilder.DropTable(
                name: "orientation",
                schema: "regulation");
        }
    }
}
