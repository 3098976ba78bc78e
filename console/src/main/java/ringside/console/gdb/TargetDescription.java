package ringside.console.gdb;

import java.util.List;

/** The XML by which gdb learns what there is: registers, threads, memory (appendices G, H and E.15). */
final class TargetDescription {
    private static final int BITS = 8;
    /** Name of a set of flags, its bytes, and the bits by name. */
    private static final List<Flags> FLAGS = List.of(
            new Flags("i386_eflags", 4, "CF 0 PF 2 AF 4 ZF 6 SF 7 TF 8 IF 9 DF 10 OF 11 NT 14 RF 16 VM 17 AC 18 VIF 19 "
                    + "VIP 20 ID 21"),
            new Flags("cr0_flags", 8, "PE 0 MP 1 EM 2 TS 3 ET 4 NE 5 WP 16 AM 18 NW 29 CD 30 PG 31"),
            new Flags("cr4_flags", 8, "VME 0 PVI 1 TSD 2 DE 3 PSE 4 PAE 5 MCE 6 PGE 7 PCE 8 OSFXSR 9 OSXMMEXCPT 10 "
                    + "UMIP 11 LA57 12 VMXE 13 SMXE 14 FSGSBASE 16 PCIDE 17 OSXSAVE 18 SMEP 20 SMAP 21 PKE 22"),
            new Flags("efer_flags", 8, "SCE 0 LME 8 LMA 10 NXE 11"),
            new Flags("i386_mxcsr", 4, "IE 0 DE 1 ZE 2 OE 3 UE 4 PE 5 DAZ 6 IM 7 DM 8 ZM 9 OM 10 UM 11 PM 12 FZ 15"));

    private TargetDescription() {
    }

    private record Flags(String name, int bytes, String bits) {
        private String xml() {
            final StringBuilder xml = new StringBuilder(
                    "<flags id=\"" + name + "\" size=\"" + bytes + "\">");
            final String[] words = bits.split(" ");
            for (int i = 0; i < words.length; i += 2) {
                xml.append("<field name=\"" + words[i] + "\" start=\"" + words[i + 1] + "\" end=\"" + words[i + 1]
                        + "\" type=\"bool\"/>");
            }
            return xml.append("</flags>\n").toString();
        }
    }

    /** {@return the registers: {@code target.xml}} */
    static String registers() {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM "
                + "\"gdb-target.dtd\">\n<target>\n<architecture>i386:x86-64</architecture>\n");
        for (final String feature : RegisterLayout.ALL.stream().map(RegisterLayout.Register::feature).distinct()
                .toList()) {
            xml.append("<feature name=\"" + feature + "\">\n").append(types(feature));
            for (int i = 0; i < RegisterLayout.ALL.size(); i++) {
                final RegisterLayout.Register register = RegisterLayout.ALL.get(i);
                if (register.feature().equals(feature)) {
                    xml.append("<reg name=\"" + register.name() + "\" bitsize=\"" + BITS * register.bytes()
                            + "\" type=\"" + register.type() + "\" regnum=\"" + i + "\""
                            + (register.group().isEmpty() ? "" : " group=\"" + register.group() + "\"") + "/>\n");
                }
            }
            xml.append("</feature>\n");
        }
        return xml.append("</target>\n").toString();
    }

    private static String types(final String feature) {
        final StringBuilder xml = new StringBuilder();
        for (final Flags flags : FLAGS) {
            if (RegisterLayout.ALL.stream().anyMatch(register -> register.feature().equals(feature)
                    && register.type().equals(flags.name))) {
                xml.append(flags.xml());
            }
        }
        if (RegisterLayout.ALL.stream().anyMatch(register -> register.feature().equals(feature)
                && register.type().equals("vec128"))) {
            xml.append("<vector id=\"v4f\" type=\"ieee_single\" count=\"4\"/>\n"
                    + "<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/>\n"
                    + "<vector id=\"v16i8\" type=\"int8\" count=\"16\"/>\n"
                    + "<vector id=\"v8i16\" type=\"int16\" count=\"8\"/>\n"
                    + "<vector id=\"v4i32\" type=\"int32\" count=\"4\"/>\n"
                    + "<vector id=\"v2i64\" type=\"int64\" count=\"2\"/>\n"
                    + "<union id=\"vec128\"><field name=\"v4_float\" type=\"v4f\"/>"
                    + "<field name=\"v2_double\" type=\"v2d\"/><field name=\"v16_int8\" type=\"v16i8\"/>"
                    + "<field name=\"v8_int16\" type=\"v8i16\"/><field name=\"v4_int32\" type=\"v4i32\"/>"
                    + "<field name=\"v2_int64\" type=\"v2i64\"/><field name=\"uint128\" type=\"uint128\"/></union>\n");
        }
        return xml.toString();
    }

    /**
     * {@return the memory map} Its addresses are those that gdb asks by, which are virtual, and gdb asks for it once
     * and refuses by itself what is not in it: so it has all that can be mapped now or later, the two canonical halves.
     */
    static String memory() {
        final String half = "800000000000";
        return map("<memory type=\"ram\" start=\"0x0\" length=\"0x" + half + "\"/>\n"
                + "<memory type=\"ram\" start=\"0xffff" + half + "\" length=\"0x" + half + "\"/>\n");
    }

    /**
     * {@return the memory map of physical addresses} There is RAM, below 4 GiB, and no ROM.
     *
     * @param ram bytes of it
     */
    static String memory(final long ram) {
        return map("<memory type=\"ram\" start=\"0x0\" length=\"0x" + Long.toHexString(ram) + "\"/>\n");
    }

    private static String map(final String regions) {
        return "<?xml version=\"1.0\"?>\n<!DOCTYPE memory-map PUBLIC "
                + "\"+//IDN gnu.org//DTD GDB Memory Map V1.0//EN\" "
                + "\"http://sourceware.org/gdb/gdb-memory-map.dtd\">\n<memory-map>\n" + regions + "</memory-map>\n";
    }

    /**
     * {@return the threads}
     *
     * @param states what each vCPU does, in words
     */
    static String threads(final List<String> states) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<threads>\n");
        for (int i = 0; i < states.size(); i++) {
            xml.append("<thread id=\"" + Integer.toHexString(i + 1) + "\" core=\"" + i + "\" name=\"cpu" + i + "\">"
                    + escaped(states.get(i)) + "</thread>\n");
        }
        return xml.append("</threads>\n").toString();
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
