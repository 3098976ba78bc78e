/**
 * Running a guest twice, the second time in a Java of its own, and finding where the two part.
 *
 * <p>Scenarios and recorded input as files are read here too; both may come from anywhere.
 */
package ringside.console.verify;
