using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RangeCommune : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                table: "slots_slot_range");

            migrationBuilder.AddColumn<string>(
                name: "commune_code",
                table: "slots_slot_range",
                type: "TEXT",
                maxLength: 5,
                nullable: true);

            migrationBuilder.Sql("UPDATE slots_slot_range SET commune_code = (SELECT c.commune_code FROM slots_calendar c WHERE c.id = slots_slot_range.calendar_id)");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                table: "slots_slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle", "commune_code", "open" },
                filter: "open = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "commune_code",
                table: "slots_slot_range");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                table: "slots_slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle", "open" },
                filter: "open = 1");
        }
    }
}
