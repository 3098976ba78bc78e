package ringside.junit;

/** Goes with a test's failure and says where its guest stood: no failure of its own, and without a stack. */
final class GuestAtFailure extends Exception {
    private static final long serialVersionUID = 1;

    GuestAtFailure(final String where) {
        super(where, null, false, false);
    }
}
