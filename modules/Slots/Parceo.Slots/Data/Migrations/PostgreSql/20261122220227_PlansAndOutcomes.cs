using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PlansAndOutcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "plan_date",
                schema: "slots",
                table: "slot_range",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "plan_id",
                schema: "slots",
                table: "slot_range",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "plan_number",
                schema: "slots",
                table: "slot_range",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reminded_at",
                schema: "slots",
                table: "booking",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "plan",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    weekday = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    slots = table.Column<int>(type: "integer", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    public_holidays = table.Column<bool>(type: "boolean", nullable: false),
                    school = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    first = table.Column<DateOnly>(type: "date", nullable: false),
                    last = table.Column<DateOnly>(type: "date", nullable: true),
                    published_until = table.Column<DateOnly>(type: "date", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_plan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "plan_date",
                schema: "slots",
                columns: table => new
                {
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    removed = table.Column<bool>(type: "boolean", nullable: false),
                    start = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    edition = table.Column<int>(type: "integer", nullable: false)
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

            migrationBuilder.CreateIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "plan_id", "plan_date", "plan_number" },
                unique: true,
                filter: "\"plan_id\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_state_end",
                schema: "slots",
                table: "booking",
                columns: new[] { "state", "end" });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_date",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "plan",
                schema: "slots");

            migrationBuilder.DropIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropIndex(
                name: "ix_slots_booking_state_end",
                schema: "slots",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "plan_date",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "plan_id",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "plan_number",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                schema: "slots",
                table: "booking");
        }
    }
}
