using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SearchIndexOneHold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_start_skill_mode_departement_latitude_",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle" },
                filter: "open")
                .Annotation("Npgsql:IndexInclude", new[] { "id" });

            // Holds of before, more than one a regulator: all but the last go their own way and run out within minutes.
            migrationBuilder.Sql("UPDATE slots.hold SET regulator_id = id WHERE EXISTS (SELECT 1 FROM slots.hold o WHERE o.regulator_id = slots.hold.regulator_id AND o.id > slots.hold.id)");

            migrationBuilder.CreateIndex(
                name: "ux_slots_hold_regulator_id",
                schema: "slots",
                table: "hold",
                column: "regulator_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropIndex(
                name: "ux_slots_hold_regulator_id",
                schema: "slots",
                table: "hold");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_start_skill_mode_departement_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "start", "skill", "mode", "departement", "latitude", "longitude", "shuffle" },
                filter: "open")
                .Annotation("Npgsql:IndexInclude", new[] { "id" });
        }
    }
}
