package ringside.profiler.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.profiler.model.Microarchitecture.Core;

/**
 * What each form of instruction costs on one core: rows of CSV files, the later file's before the earlier one's.
 *
 * <p>A form is a mnemonic and the kinds of its operands, e.g. {@code add r64,m64}; {@code docs/models.md} lists them.
 */
public final class InstructionTable {
    private static final String HEADER = "form,slots,latency,ports,issues,occupancy,source";
    private static final Pattern LINE = Pattern.compile(
            "\"([a-z0-9 ,+]{1,60})\",(\\d{1,4}),(\\d{1,4}),([A-Z0-9 ]*),(\\d{1,4}),(\\d{1,4}),(.{1,200})");
    private static final int MOST_SLOTS = 1000;
    private static final int MOST_ROWS = 20_000;

    private final Map<String, Row> rows = new LinkedHashMap<>();

    private InstructionTable() {
    }

    /**
     * One form's cost; see {@link StaticInstruction} for what the numbers are.
     *
     * @param form      its name
     * @param slots     places at dispatch
     * @param latency   cycles, without a load's
     * @param ports     bits
     * @param issues    to those ports
     * @param occupancy of each
     * @param source    where the row is from
     */
    public record Row(String form, int slots, int latency, int ports, int issues, int occupancy, String source) {
    }

    /**
     * Reads tables.
     *
     * @param core  whose ports the rows name
     * @param files the tables, each wins over those before it
     * @throws ModelException where a line is none, with file, line and reason
     */
    static InstructionTable read(final Core core, final List<ModelFile> files) {
        final InstructionTable table = new InstructionTable();
        for (final ModelFile file : files) {
            table.add(core, file);
        }
        return table;
    }

    /** {@return a form's row} */
    public Optional<Row> row(final String form) {
        return Optional.ofNullable(rows.get(form));
    }

    /** {@return all rows by their forms} */
    public Map<String, Row> rows() {
        return Collections.unmodifiableMap(rows);
    }

    private void add(final Core core, final ModelFile file) {
        final Map<String, Row> own = new LinkedHashMap<>();
        boolean header = false;
        int number = 0;
        for (final String line : file.text().split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            final String place = "line " + number;
            if (!header) {
                if (!line.equals(HEADER)) {
                    throw new ModelException(file.name(), place, "the header is wanted: " + HEADER);
                }
                header = true;
                continue;
            }
            final Row row = row(core, file.name(), place, line);
            if (own.put(row.form(), row) != null) {
                throw new ModelException(file.name(), place, "a second row of " + row.form());
            }
            if (own.size() > MOST_ROWS) {
                throw new ModelException(file.name(), place, "more than " + MOST_ROWS + " rows");
            }
        }
        if (!header) {
            throw new ModelException(file.name(), "", "the header is wanted: " + HEADER);
        }
        rows.putAll(own);
    }

    private static Row row(final Core core, final String file, final String place, final String line) {
        final Matcher cells = LINE.matcher(line);
        if (!cells.matches()) {
            throw new ModelException(file, place, "no row of " + HEADER);
        }
        final String names = cells.group(4).strip();
        final int ports = names.isEmpty() ? 0 : core.mask(List.of(names.split(" +")));
        if (ports < 0) {
            throw new ModelException(file, place, "a port that the core has not: " + names);
        }
        final Row row = new Row(cells.group(1), Integer.parseInt(cells.group(2)), Integer.parseInt(cells.group(3)),
                ports, Integer.parseInt(cells.group(5)), Integer.parseInt(cells.group(6)), cells.group(7));
        if (row.slots() < 1 || row.slots() > MOST_SLOTS) {
            throw new ModelException(file, place, "slots are from 1 to " + MOST_SLOTS);
        }
        if ((ports == 0) != (row.issues() == 0) || (ports == 0) != (row.occupancy() == 0)) {
            throw new ModelException(file, place, "ports, issues and occupancy are there all or none");
        }
        return row;
    }
}
