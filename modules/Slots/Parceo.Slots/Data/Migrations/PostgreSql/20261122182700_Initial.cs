using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "slots");

            migrationBuilder.CreateTable(
                name: "agenda",
                schema: "slots",
                columns: table => new
                {
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_agenda", x => x.practitioner_id);
                });

            migrationBuilder.CreateTable(
                name: "booking",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    range_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    regulator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_reference = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    age = table.Column<int>(type: "integer", nullable: false),
                    sex = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    sealed_identity = table.Column<byte[]>(type: "bytea", nullable: true),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    booked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_booking", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    skill = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    skill_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    place_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    commune = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    phone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    cell = table.Column<int>(type: "integer", nullable: false),
                    shuffle = table.Column<int>(type: "integer", nullable: false),
                    zone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    accepts_over_capacity = table.Column<bool>(type: "boolean", nullable: false),
                    via = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_calendar", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "slots",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    request = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "slots",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "slots",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "radius_setting",
                schema: "slots",
                columns: table => new
                {
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    default_km = table.Column<double>(type: "double precision", nullable: false),
                    step_km = table.Column<double>(type: "double precision", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_radius_setting", x => x.departement);
                });

            migrationBuilder.CreateTable(
                name: "slot_range",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    places_left = table.Column<int>(type: "integer", nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    skill = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    cell = table.Column<int>(type: "integer", nullable: false),
                    shuffle = table.Column<int>(type: "integer", nullable: false),
                    open = table.Column<bool>(type: "boolean", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_slot_range", x => x.id);
                    table.CheckConstraint("ck_slot_range_places", "\"places_left\" >= 0 AND \"places_left\" <= \"capacity\"");
                });

            migrationBuilder.CreateTable(
                name: "hold",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    range_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    regulator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_hold", x => x.id);
                    table.ForeignKey(
                        name: "fk_slots_hold_range_id",
                        column: x => x.range_id,
                        principalSchema: "slots",
                        principalTable: "slot_range",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_organisation_id_regulator_id_booked_at",
                schema: "slots",
                table: "booking",
                columns: new[] { "organisation_id", "regulator_id", "booked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_practitioner_id_start",
                schema: "slots",
                table: "booking",
                columns: new[] { "practitioner_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_range_id_place",
                schema: "slots",
                table: "booking",
                columns: new[] { "range_id", "place" },
                unique: true,
                filter: "\"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_practitioner_id",
                schema: "slots",
                table: "calendar",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_hold_until",
                schema: "slots",
                table: "hold",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ux_slots_hold_range_id_place",
                schema: "slots",
                table: "hold",
                columns: new[] { "range_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_idempotency_at",
                schema: "slots",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_inbox_at",
                schema: "slots",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_key_seq",
                schema: "slots",
                table: "outbox",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_event_id",
                schema: "slots",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_calendar_id_start",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "calendar_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_start_skill_mode_departement_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "start", "skill", "mode", "departement", "latitude", "longitude", "shuffle" },
                filter: "open")
                .Annotation("Npgsql:IndexInclude", new[] { "id" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_practitioner_id_start",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "practitioner_id", "start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agenda",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "booking",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "calendar",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "hold",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "radius_setting",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "slot_range",
                schema: "slots");
        }
    }
}
