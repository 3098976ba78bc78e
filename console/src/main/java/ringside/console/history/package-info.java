/** The history of gates: what runs measured, in an SQLite database that a killed run leaves whole. */
package ringside.console.history;
