/**
 * The registers of the emulated 82599, as its table has them; what else an access does is added by the parts of the card.
 */
package ixy4j.model.i82599.registers;
