using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Regulation.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(RegulationDbSqlServer))]
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    skill = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    phone = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    hours = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    members = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2")
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
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    response = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    patient_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    territory_departements = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    territory_communes = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    case_reference = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    age = table.Column<int>(type: "int", nullable: false),
                    sex = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    kind = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    skill = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    mode = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: true, collation: "Latin1_General_100_BIN2"),
                    wanted = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    wanted_before = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    location_label = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    latitude = table.Column<double>(type: "float", nullable: false),
                    longitude = table.Column<double>(type: "float", nullable: false),
                    precise = table.Column<bool>(type: "bit", nullable: false),
                    commune = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    commune_label = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    mt_practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    mt_name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    mt_reason = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: true, collation: "Latin1_General_100_BIN2"),
                    opposed_to_report = table.Column<bool>(type: "bit", nullable: false),
                    state = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    opened_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    claimed_name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    claimed_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    held_places = table.Column<int>(type: "int", nullable: false),
                    booking_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    booked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    came = table.Column<bool>(type: "bit", nullable: true),
                    escalated_to = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: true, collation: "Latin1_General_100_BIN2"),
                    closed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    step_count = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    round = table.Column<int>(type: "int", nullable: false),
                    wave = table.Column<int>(type: "int", nullable: false),
                    wave_started_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    wave_ends_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    solicited_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    solicited_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    usual_practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    radius_km = table.Column<double>(type: "float", nullable: false)
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
                    table.PrimaryKey("pk_regulation_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "regulation",
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
                    table.PrimaryKey("pk_regulation_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "patient_file",
                schema: "regulation",
                columns: table => new
                {
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    identity = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    clinical = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    handover = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    from = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    author_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    author_name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    source = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    usual_minutes = table.Column<int>(type: "int", nullable: false),
                    size1 = table.Column<int>(type: "int", nullable: false),
                    minutes1 = table.Column<int>(type: "int", nullable: false),
                    size2 = table.Column<int>(type: "int", nullable: false),
                    minutes2 = table.Column<int>(type: "int", nullable: false),
                    minutes3 = table.Column<int>(type: "int", nullable: false),
                    factor3 = table.Column<double>(type: "float", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    round = table.Column<int>(type: "int", nullable: false),
                    wave = table.Column<int>(type: "int", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    location_label = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    zone = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    distance_km = table.Column<double>(type: "float", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    state = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    answered_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    answered_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    reason = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: true, collation: "Latin1_General_100_BIN2"),
                    winner = table.Column<int>(type: "int", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<string>(type: "nvarchar(24)", maxLength: 24, nullable: false, collation: "Latin1_General_100_BIN2"),
                    actor_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    actor_name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                filter: "[winner] IS NOT NULL");

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
