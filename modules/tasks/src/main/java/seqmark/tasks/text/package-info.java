/** Language modelling on a user's own text. */
package seqmark.tasks.text;
