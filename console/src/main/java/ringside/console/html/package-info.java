/** The report of gates: one HTML file that needs nothing else. Every text in it comes from a template that escapes. */
package ringside.console.html;
