package ringside.toolchain.codegen;

/** What a jump, a call or an operand refers to: a label, or a symbol that this or another unit defines. */
sealed interface Target permits Label, Target.Symbol {
    /**
     * A symbol by its name.
     *
     * @param name as in the symbol table
     */
    record Symbol(String name) implements Target {
        @Override
        public String toString() {
            return name;
        }
    }
}
