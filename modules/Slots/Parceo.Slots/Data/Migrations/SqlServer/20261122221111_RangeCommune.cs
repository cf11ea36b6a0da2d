using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class RangeCommune : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.AddColumn<string>(
                name: "commune_code",
                schema: "slots",
                table: "slot_range",
                type: "nvarchar(5)",
                maxLength: 5,
                nullable: true);

            migrationBuilder.Sql("EXEC('UPDATE r SET commune_code = c.commune_code FROM slots.slot_range r JOIN slots.calendar c ON c.id = r.calendar_id')");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle", "commune_code" },
                filter: "[open] = CAST(1 AS bit)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "commune_code",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                schema: "slots",
                table: "slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle" },
                filter: "[open] = CAST(1 AS bit)");
        }
    }
}
