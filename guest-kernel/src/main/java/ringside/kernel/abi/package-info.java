/**
 * What Bantam and its user programs agree on, and how Bantam lays out its objects: numbers and records, declared once
 * here and generated into the assembly's includes.
 */
package ringside.kernel.abi;
