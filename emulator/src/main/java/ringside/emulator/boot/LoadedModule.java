package ringside.emulator.boot;

/** A module in RAM: bytes from {@code start} up to {@code end}, exclusive, and its string. */
record LoadedModule(long start, long end, String parameters) {
}
