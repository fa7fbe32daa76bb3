/** The name of a parameter as Stripe writes it: `amount`, and inside `a` `a[amount]`. */
export const pathOf = (parent: string, name: string) => (parent === '' ? name : `${parent}[${name}]`);
