/** Building Bantam's image from its sources and named features. */
package ringside.kernel.build;
