import { describe, expect, it } from 'vitest';
import { passesLuhn } from '../../../src/domain/card-data.ts';
import { findTestCard, TEST_CARDS } from '../../../src/domain/test-cards.ts';

describe('the table of test cards', () => {
  it('has no two rows of the same id or short name', () => {
    expect(new Set(TEST_CARDS.map((card) => card.id)).size).toBe(TEST_CARDS.length);
    expect(new Set(TEST_CARDS.map((card) => card.name)).size).toBe(TEST_CARDS.length);
  });

  it.each(TEST_CARDS.filter((card) => card.number !== undefined))('$number passes the Luhn check', (card) => {
    expect(passesLuhn(card.number ?? '')).toBe(true);
    expect(card.last4).toBe(card.number?.slice(-4));
  });

  it('is reachable in some way, row by row', () => {
    for (const card of TEST_CARDS) {
      expect(
        [card.pm, card.token, card.number].some((handle) => handle !== undefined),
        card.id,
      ).toBe(true);
      expect(card.last4, card.id).toMatch(/^\d{4}$/);
    }
  });

  it('names only PaymentMethods that begin with pm_card_, except Terminal PIN methods', () => {
    for (const card of TEST_CARDS) {
      if (card.pm !== undefined)
        expect(card.pm.startsWith('pm_card_') || card.group === 'in_person', card.pm).toBe(true);
    }
  });
});

describe('finding a card', () => {
  it.each([
    [{ pm: 'pm_card_visa' }, '4242'],
    [{ pm: 'pm_card_mastercard' }, '4444'],
    [{ pm: 'pm_card_amex' }, '8431'],
    [{ pm: 'pm_card_discover' }, '9424'],
    [{ pm: 'pm_card_chargeDeclined' }, '0002'],
    [{ pm: 'pm_card_visa_chargeDeclined' }, '0002'],
    [{ pm: 'pm_card_authenticationRequired' }, '3184'],
    [{ token: 'tok_visa' }, '4242'],
    [{ token: 'tok_chargeDeclined' }, '0002'],
    [{ token: 'tok_threeDSecure2Required' }, '3220'],
    [{ number: '4242 4242 4242 4242' }, '4242'],
    [{ number: '4000-0025-0000-3155' }, '3155'],
  ])('%o is the card ending in %s', (by, last4) => {
    expect(findTestCard(by)?.last4).toBe(last4);
  });

  it('knows the countries that were recorded', () => {
    expect(findTestCard({ pm: 'pm_card_authenticationRequired' })?.country).toBe('DE');
    expect(findTestCard({ number: '4000002500003155' })?.country).toBe('FR');
    expect(findTestCard({ token: 'tok_threeDSecure2Required' })?.country).toBe('IE');
    expect(findTestCard({ pm: 'pm_card_visa' })?.country).toBe('US');
  });

  it('prefers the plain card where a number stands for two rows', () => {
    expect(findTestCard({ number: '4242424242424242' })?.pm).toBe('pm_card_visa');
    expect(findTestCard({ number: '4100000000000019' })?.pm).toBe('pm_card_radarBlock');
  });

  it('finds nothing for a well-formed number that is no test card', () => {
    expect(passesLuhn('4111111111111111')).toBe(true);
    expect(findTestCard({ number: '4111111111111111' })).toBeUndefined();
    expect(findTestCard({ pm: 'pm_card_nope' })).toBeUndefined();
  });
});
