package ringside.emulator.state;

/**
 * A part of a machine whose state can be written down and taken up again.
 *
 * <p>Everything that later behaviour depends on is state, deadlines included; what the machine was configured with is
 * not. Saving changes nothing. After loading what another part of the same configuration saved, both behave alike.
 */
public interface Stateful {
    /**
     * Writes the state down.
     *
     * @param out takes it; equal states write equal bytes
     */
    void save(StateWriter out);

    /**
     * Takes a state up. The bytes may come from anywhere: what no part could have saved is refused.
     *
     * @param in gives it, in the order of {@link #save}
     * @throws StateException when it is cut short, or no state of this part; the part is then in no defined state and
     *                        its machine is closed or loaded again
     */
    void load(StateReader in);
}
