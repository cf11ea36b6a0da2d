using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Effectors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "hidden_by",
                schema: "slots",
                table: "slot_range",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "commune_code",
                schema: "slots",
                table: "calendar",
                type: "character varying(5)",
                maxLength: 5,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "orientation_id",
                schema: "slots",
                table: "booking",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "most_per_day",
                schema: "slots",
                table: "agenda",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "most_per_week",
                schema: "slots",
                table: "agenda",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "over_capacity_note",
                schema: "slots",
                table: "agenda",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "over_capacity_until",
                schema: "slots",
                table: "agenda",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "present_until",
                schema: "slots",
                table: "agenda",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "takes_teleconsultations",
                schema: "slots",
                table: "agenda",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "takes_visits",
                schema: "slots",
                table: "agenda",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "absence",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    declared_by = table.Column<Guid>(type: "uuid", nullable: false),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_absence", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_cell_skill",
                schema: "slots",
                table: "calendar",
                columns: new[] { "cell", "skill" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_orientation_id",
                schema: "slots",
                table: "booking",
                column: "orientation_id",
                unique: true,
                filter: "\"orientation_id\" IS NOT NULL AND \"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_absence_practitioner_id_from",
                schema: "slots",
                table: "absence",
                columns: new[] { "practitioner_id", "from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absence",
                schema: "slots");

            migrationBuilder.DropIndex(
                name: "ix_slots_calendar_cell_skill",
                schema: "slots",
                table: "calendar");

            migrationBuilder.DropIndex(
                name: "ux_slots_booking_orientation_id",
                schema: "slots",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "hidden_by",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "commune_code",
                schema: "slots",
                table: "calendar");

            migrationBuilder.DropColumn(
                name: "orientation_id",
                schema: "slots",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "most_per_day",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "most_per_week",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "over_capacity_note",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "over_capacity_until",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "present_until",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "takes_teleconsultations",
                schema: "slots",
                table: "agenda");

            migrationBuilder.DropColumn(
                name: "takes_visits",
                schema: "slots",
                table: "agenda");
        }
    }
}
