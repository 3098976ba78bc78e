/**
 * Kernel tests as ordinary Java tests: a guest with its past is handed to each.
 *
 * <p>Needs JUnit 5 on the module path of whoever tests; nothing else of the program does.
 */
package ringside.junit;
