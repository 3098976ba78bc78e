/**
 * Profiles as files for other programs. The same profile gives the same bytes.
 *
 * <p>Depends on profiles and source lines alone.
 */
package ringside.profiler.export;
