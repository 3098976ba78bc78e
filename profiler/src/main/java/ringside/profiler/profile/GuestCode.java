package ringside.profiler.profile;

/** What a profile asks about the guest's code, once for each address that is executed. */
public interface GuestCode {
    /** {@return the name of the routine that holds an address; empty where none is known} */
    String routine(long address);

    /** {@return what the instruction at an address does to the stack of calls} */
    Flow flow(long address);

    /** {@return the text that the image has at an address, as far as it is one; empty where there is none} */
    default String text(final long address) {
        return "";
    }
}
