/** Emulated cards by address, {@code model:N}: {@link ixy4j.model.address.ModelProvider} has the grammar. */
package ixy4j.model.address;
