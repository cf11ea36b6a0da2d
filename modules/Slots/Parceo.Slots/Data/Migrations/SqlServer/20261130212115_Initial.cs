using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SlotsDbSqlServer))]
    [Migration("20261130212115_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "slots");

            migrationBuilder.CreateTable(
                name: "absence",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    declared_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    declared_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_absence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agenda",
                schema: "slots",
                columns: table => new
                {
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    most_per_day = table.Column<int>(type: "int", nullable: true),
                    most_per_week = table.Column<int>(type: "int", nullable: true),
                    present_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    over_capacity_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    over_capacity_note = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    takes_visits = table.Column<bool>(type: "bit", nullable: false),
                    takes_teleconsultations = table.Column<bool>(type: "bit", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    range_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    place = table.Column<int>(type: "int", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    mode = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    regulator_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    case_reference = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    own_patient = table.Column<bool>(type: "bit", nullable: false),
                    age = table.Column<int>(type: "int", nullable: false),
                    sex = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    patient_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_identity = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    sealed_reason = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    state = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    booked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    reminded_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    skill = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    skill_label = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    location_label = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune_code = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    phone = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    latitude = table.Column<double>(type: "float", nullable: false),
                    longitude = table.Column<double>(type: "float", nullable: false),
                    cell = table.Column<int>(type: "int", nullable: false),
                    shuffle = table.Column<int>(type: "int", nullable: false),
                    zone = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    accepts_over_capacity = table.Column<bool>(type: "bit", nullable: false),
                    via = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2")
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
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    response = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    table.PrimaryKey("pk_slots_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "slots",
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
                    table.PrimaryKey("pk_slots_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outside_agenda",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_address = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    host = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2"),
                    added_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    next_read_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    failure = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    failures = table.Column<int>(type: "int", nullable: false),
                    asleep_since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    times = table.Column<int>(type: "int", nullable: false),
                    aside = table.Column<int>(type: "int", nullable: false),
                    aside_code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    aside_line = table.Column<int>(type: "int", nullable: false),
                    shrank = table.Column<bool>(type: "bit", nullable: false),
                    e_tag = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outside_agenda", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plan",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    zone = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    weekday = table.Column<int>(type: "int", nullable: false),
                    starts_at = table.Column<TimeOnly>(type: "time", nullable: false),
                    minutes = table.Column<int>(type: "int", nullable: false),
                    slots = table.Column<int>(type: "int", nullable: false),
                    capacity = table.Column<int>(type: "int", nullable: false),
                    mode = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    note = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    public_holidays = table.Column<bool>(type: "bit", nullable: false),
                    school = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    first = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<DateOnly>(type: "date", nullable: true),
                    published_until = table.Column<DateOnly>(type: "date", nullable: false),
                    made_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_plan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "radius_setting",
                schema: "slots",
                columns: table => new
                {
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    default_km = table.Column<double>(type: "float", nullable: false),
                    step_km = table.Column<double>(type: "float", nullable: false),
                    changed_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
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
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    capacity = table.Column<int>(type: "int", nullable: false),
                    room = table.Column<int>(type: "int", nullable: false),
                    places_left = table.Column<int>(type: "int", nullable: false),
                    taken = table.Column<long>(type: "bigint", nullable: false),
                    mode = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false, collation: "Latin1_General_100_BIN2"),
                    note = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    skill = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    departement = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    commune_code = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: true, collation: "Latin1_General_100_BIN2"),
                    latitude = table.Column<double>(type: "float", nullable: false),
                    longitude = table.Column<double>(type: "float", nullable: false),
                    cell = table.Column<int>(type: "int", nullable: false),
                    shuffle = table.Column<int>(type: "int", nullable: false),
                    hidden_by = table.Column<int>(type: "int", nullable: false),
                    open = table.Column<bool>(type: "bit", nullable: false),
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    plan_date = table.Column<DateOnly>(type: "date", nullable: true),
                    plan_number = table.Column<int>(type: "int", nullable: true),
                    published_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_slot_range", x => x.id);
                    table.CheckConstraint("ck_slot_range_places", "[places_left] >= 0 AND [places_left] <= [capacity]");
                });

            migrationBuilder.CreateTable(
                name: "busy_time",
                schema: "slots",
                columns: table => new
                {
                    agenda_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_busy_time", x => new { x.agenda_id, x.start, x.end });
                    table.ForeignKey(
                        name: "fk_slots_busy_time_agenda_id",
                        column: x => x.agenda_id,
                        principalSchema: "slots",
                        principalTable: "outside_agenda",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "plan_date",
                schema: "slots",
                columns: table => new
                {
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    removed = table.Column<bool>(type: "bit", nullable: false),
                    start = table.Column<TimeOnly>(type: "time", nullable: true),
                    edition = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_plan_date", x => new { x.plan_id, x.date });
                    table.ForeignKey(
                        name: "fk_slots_plan_date_plan_id",
                        column: x => x.plan_id,
                        principalSchema: "slots",
                        principalTable: "plan",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hold",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    range_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    place = table.Column<int>(type: "int", nullable: false),
                    regulator_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    orientation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
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
                name: "ix_slots_absence_practitioner_id_from",
                schema: "slots",
                table: "absence",
                columns: new[] { "practitioner_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_organisation_id_booked_at",
                schema: "slots",
                table: "booking",
                columns: new[] { "organisation_id", "booked_at" });

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
                name: "ix_slots_booking_state_end",
                schema: "slots",
                table: "booking",
                columns: new[] { "state", "end" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_organisation_id_orientation_id",
                schema: "slots",
                table: "booking",
                columns: new[] { "organisation_id", "orientation_id" },
                unique: true,
                filter: "[orientation_id] IS NOT NULL AND [place] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_range_id_place",
                schema: "slots",
                table: "booking",
                columns: new[] { "range_id", "place" },
                unique: true,
                filter: "[place] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_busy_time_practitioner_id_end_start",
                schema: "slots",
                table: "busy_time",
                columns: new[] { "practitioner_id", "end", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_cell_skill",
                schema: "slots",
                table: "calendar",
                columns: new[] { "cell", "skill" });

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
                name: "ux_slots_hold_regulator_id",
                schema: "slots",
                table: "hold",
                column: "regulator_id",
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
                name: "ix_slots_outbox_fanned_out_seq",
                schema: "slots",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_event_id",
                schema: "slots",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_key_seq",
                schema: "slots",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_next_attempt_at",
                schema: "slots",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_delivery_seq_subscriber",
                schema: "slots",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_next_read_at",
                schema: "slots",
                table: "outside_agenda",
                column: "next_read_at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_practitioner_id",
                schema: "slots",
                table: "outside_agenda",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_practitioner_id_first",
                schema: "slots",
                table: "plan",
                columns: new[] { "practitioner_id", "first" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_published_until",
                schema: "slots",
                table: "plan",
                column: "published_until");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_calendar_id_start",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "calendar_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle", "commune_code" },
                filter: "[open] = CAST(1 AS bit)");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_practitioner_id_start",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "practitioner_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "plan_id", "plan_date", "plan_number" },
                unique: true,
                filter: "[plan_id] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absence",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "agenda",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "booking",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "busy_time",
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
                name: "outbox_delivery",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "plan_date",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "radius_setting",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "outside_agenda",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "slot_range",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "plan",
                schema: "slots");
        }
    }
}
