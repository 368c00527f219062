/** Slot machines: what the past says about which arm is best. */
package seqmark.tasks.bandits;
